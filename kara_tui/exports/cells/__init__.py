"""One cell: its text cleaned, and a date, a time, a zone, an amount or a payment type made of it.

What a cell can mean is said here. Which of several meanings holds is settled for a column as a
whole, in ``payments``.
"""
