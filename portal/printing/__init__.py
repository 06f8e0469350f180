"""Printing on paper in Chinese type: fonts, justification, codes, single sheets. Reads no database, writes no file.

What is printed (issues, certificates) the apps decide; how a page is set in type is here.
"""
