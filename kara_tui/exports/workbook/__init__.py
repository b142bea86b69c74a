"""Workbooks become records: the parent's side of the parser, which runs in a limited process.

``start_child`` starts it and ``sheet`` takes over what it writes; ``child`` is the program itself.
"""
