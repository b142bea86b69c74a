"""Mutants: whether tests notice a changed line of money, selection, ledger or privacy."""
