"""What a killed process, a failing disk and a lost power supply do to the ledger: nothing.

``python -m tests.crash`` runs everything and prints what it counted; test_crash.py a slice of it.
"""
