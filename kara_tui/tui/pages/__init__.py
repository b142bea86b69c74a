"""The seven steps of the wizard, a page each."""
