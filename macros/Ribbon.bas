Attribute VB_Name = "Ribbon"
' What ribbon.xml calls. A control is called like the Sub of XlPerf that it runs.
Option Explicit

Public Sub RibbonPressed(control As Object)
    Application.Run "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!XlPerf." & control.ID
End Sub

' One tab is enough: a workbook leaves it to the add-in where that is loaded (it is not listed, but found by name).
Public Sub RibbonVisible(control As Object, ByRef visible As Variant)
    Dim addin As Object
    visible = True
    If ThisWorkbook.IsAddin Then Exit Sub
    On Error Resume Next
    Set addin = Workbooks("xl_perf.xlam")
    visible = addin Is Nothing
End Sub
