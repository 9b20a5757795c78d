Attribute VB_Name = "Ribbon"
' What ribbon.xml calls. A control's id is the Sub of XlPerf that does the same, its tag the action.
Option Explicit

Public Sub RibbonPressed(control As Object)
    RunAction control.Tag
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
