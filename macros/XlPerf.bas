Attribute VB_Name = "XlPerf"
' What the buttons call: each Sub has xl-perf do its work on the open workbook.
'
' This text is ASCII. What a person reads stands in cells of the workbook that holds the macros, each
' under a name that begins with xlp_ (a mailed workbook or another code page cannot garble it there).
'
' LibreOffice runs this text too, when `xl-perf office` opens the workbook. It reads #If as a comment, so both
' branches stand there and must compile, and xlwings' module is gone: nothing of it may be called then.
Option Explicit

Private busy As Boolean

' A Sub for each button, written by tools/macros.py from core/actions.py: change them there.

Public Sub AddProject()
    RunAction "add_project"
End Sub

Public Sub ImportProjects()
    RunAction "import_projects"
End Sub

Public Sub CopyProject()
    RunAction "copy_project"
End Sub

Public Sub DeleteProject()
    RunAction "delete_project"
End Sub

Public Sub AddIndicatorRow()
    RunAction "add_indicator_row"
End Sub

Public Sub DeleteIndicatorRow()
    RunAction "delete_indicator_row"
End Sub

Public Sub PickIndicators()
    RunAction "pick_indicators"
End Sub

Public Sub AddGoalRow()
    RunAction "add_goal_row"
End Sub

Public Sub DeleteGoalRow()
    RunAction "delete_goal_row"
End Sub

Public Sub FitRows()
    RunAction "fit_rows"
End Sub

Public Sub FitAllRows()
    RunAction "fit_all_rows"
End Sub

Public Sub ValidateAll()
    RunAction "validate"
End Sub

Public Sub ValidateSheet()
    RunAction "validate_sheet"
End Sub

Public Sub Normalise()
    RunAction "normalise"
End Sub

Public Sub Consolidate()
    RunAction "consolidate"
End Sub

Public Sub PublishText()
    RunAction "publish"
End Sub

Public Sub PackUpward()
    RunAction "pack"
End Sub

Public Sub CompareBooks()
    RunAction "compare_books"
End Sub

Public Sub PrintSheets()
    RunAction "print_sheets"
End Sub

Public Sub NextFinding()
    RunAction "next_finding"
End Sub

Public Sub PreviousFinding()
    RunAction "previous_finding"
End Sub

Public Sub AcceptWarnings()
    RunAction "accept_warnings"
End Sub

Public Sub ClearMarks()
    RunAction "clear_marks"
End Sub

Public Sub UndoLast()
    RunAction "undo"
End Sub

Public Sub NewMonitoring()
    RunAction "new_monitoring"
End Sub

Public Sub UpdateMonitoring()
    RunAction "update_monitoring"
End Sub

Public Sub NewEvaluation()
    RunAction "new_evaluation"
End Sub

Public Sub ComputeScores()
    RunAction "compute_scores"
End Sub

Public Sub PlanTasks()
    RunAction "plan_tasks"
End Sub

Public Sub RecordSupervision()
    RunAction "record_supervision"
End Sub

Public Sub PublishMonitoring()
    RunAction "publish_monitoring"
End Sub

Public Sub PublishEvaluation()
    RunAction "publish_evaluation"
End Sub

' End of what tools/macros.py writes.

' The one way to Python: one action at a time, work shown in the status bar, whatever happens.
Public Sub RunAction(ByVal action As String)
    Dim problem As String, detail As String
    If busy Then
        Tell "xlp_busy", ""
        Exit Sub
    End If
    busy = True
    On Error GoTo Failed
    Application.StatusBar = Message("xlp_working")
    problem = Start(action)
Finish:
    On Error Resume Next
    Application.StatusBar = False
    busy = False
    If problem <> "" Then Tell problem, detail
    Exit Sub
Failed:
    problem = "xlp_failed"
    detail = Err.Description
    Resume Finish
End Sub

' Starts the action and gives the name of a message if that cannot be.
Private Function Start(ByVal action As String) As String
    Dim launcher As String
    launcher = Environ("XL_PERF_COMMAND")
    If launcher <> "" Then
        Start = StartCommand(launcher, action)
        Exit Function
    End If
    Start = Refusal(Book())
    If Start <> "" Then Exit Function
#If Mac Then
    Start = StartMac(action)
#Else
    Start = StartWindows(action)
#End If
End Function

' xl-perf's own executable, else the interpreter that is set. Settings of the user only: see Refusal.
Private Function StartWindows(ByVal action As String) As String
    Dim program As String
    program = GetConfig("XL_PERF_EXE", "", "user")
    If program = "" Then program = Environ("LOCALAPPDATA") & "\Programs\xl-perf\xl-perf.exe"
    If IsFile(program) Then
        If Chosen(action) Then RunOnBook program, "button " & action
        Exit Function
    End If
    program = GetConfig("INTERPRETER_WIN", "", "user")
    If Not IsFile(program) Then
        StartWindows = "xlp_missing"
    ElseIf Chosen(action) Then
        RunOnBook program, "-P -m xl_perf button " & action
    End If
End Function

' Hands over the workbook's name in a variable: in a command line cmd would put values in for %NAMES%.
Private Sub RunOnBook(ByVal program As String, ByVal arguments As String)
    Dim variables As Object
    Set variables = CreateObject("WScript.Shell").Environment("Process")
    variables.Item("XL_PERF_BOOK") = Book().Name
    RunFrozenPython program, arguments
    variables.Item("XL_PERF_BOOK") = ""
End Sub

' The sandbox hides files from Dir here: only the setting can be looked at. xlwings hands the workbook's name and
' folder to a shell within double quotes, where some characters would be commands, and splits the name at "=".
Private Function StartMac(ByVal action As String) As String
    If GetConfig("INTERPRETER_MAC", "", "user") = "" Then
        StartMac = "xlp_missing"
    ElseIf Book().FullName Like "*[$`""|\=]*" Then
        StartMac = "xlp_name"
    ElseIf Chosen(action) Then
        RunPython PythonCode(action)
    End If
End Function

' Shell does not wait, and must not: LibreOffice would hold the lock that the program needs.
Private Function StartCommand(ByVal launcher As String, ByVal action As String) As String
    If IsFile(ProgramOf(launcher)) Then
        Shell launcher & " button " & action, 0
    Else
        StartCommand = "xlp_missing"
    End If
End Function

' xlwings puts the workbook's folder first on Python's path, where anybody's xl_perf.py would be found: that goes.
Private Function PythonCode(ByVal action As String) As String
    PythonCode = "import sys; sys.path[:] = sys.path[(sys.path + ['']).index('') + 1:] or sys.path; " & _
        "from xl_perf import buttons; buttons." & action & "()"
End Function

' The workbook that is worked on: an add-in works on the active one.
Private Function Book() As Object
    If ThisWorkbook.IsAddin Then
        Set Book = ActiveWorkbook
    Else
        Set Book = ThisWorkbook
    End If
End Function

' Why the workbook cannot be handed to xlwings, or "". A mailed workbook may bring settings or code for xlwings,
' in a sheet or a file beside it: they would say which program runs.
Private Function Refusal(ByVal target As Object) As String
    Dim sheet As Object
    If target Is Nothing Then
        Refusal = "xlp_no_book"
        Exit Function
    End If
    For Each sheet In target.Sheets
        If LCase(sheet.Name) = "xlwings.conf" Or LCase(Right(sheet.Name, 3)) = ".py" Then Refusal = "xlp_settings"
    Next
    If IsFile(GetDirectoryConfigFilePath()) Then Refusal = "xlp_settings"
End Function

' For an import or a comparison: asks which files, and leaves their paths in the cells under xlp_import.
' False: nothing was chosen.
' A workbook without those cells is asked for its files by Python.
Private Function Chosen(ByVal action As String) As Boolean
    Dim place As Object, files As Variant, at As Long
    Chosen = True
    If action <> "import_projects" And action <> "compare_books" Then Exit Function
    On Error Resume Next
    Set place = Book().Names("xlp_import").RefersToRange
    On Error GoTo 0
    If place Is Nothing Then Exit Function
    files = AskForFiles()
    Chosen = IsArray(files)
    If Not Chosen Then Exit Function
    place.ClearContents
    For at = LBound(files) To UBound(files)
        place.Cells(at - LBound(files) + 1, 1).Value = files(at)
    Next
End Function

Private Function AskForFiles() As Variant
#If Mac Then
    AskForFiles = Application.GetOpenFilename(MultiSelect:=True)
#Else
    AskForFiles = Application.GetOpenFilename(FileFilter:=Message("xlp_filter"), MultiSelect:=True)
#End If
End Function

' The program of a command line: up to the closing quote, or the first space.
Private Function ProgramOf(ByVal launcher As String) As String
    If Left(launcher, 1) = """" Then
        ProgramOf = Mid(launcher, 2, InStr(2, launcher & """", """") - 2)
    Else
        ProgramOf = Left(launcher, InStr(launcher & " ", " ") - 1)
    End If
End Function

' Dir("") would give any file of the current folder, and a drive that is not there an error.
Private Function IsFile(ByVal path As String) As Boolean
    On Error Resume Next
    If path <> "" Then IsFile = Dir(path) <> ""
End Function

Private Sub Tell(ByVal key As String, ByVal detail As String)
    If detail <> "" Then detail = vbNewLine & vbNewLine & detail
    MsgBox Message(key) & detail, vbExclamation, "xl-perf"
End Sub

Private Function Message(ByVal key As String) As String
    Message = key
    On Error Resume Next
    Message = ThisWorkbook.Names(key).RefersToRange.Value
End Function
