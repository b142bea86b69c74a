"""The program that parses a workbook in a process of its own, with limits on memory and time.

Nothing here imports more than it must: ``main`` is started as a file, without the package's door.
"""
