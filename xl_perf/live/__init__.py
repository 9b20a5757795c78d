"""The open workbook, through xlwings: the same code in Excel and, over UNO, in LibreOffice.

What is written where is planned as data; the host gets it in whole ranges, a constant number of calls per
sheet. Only marks and edits cost calls per cell.
"""
