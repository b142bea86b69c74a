"""Profiles in TOML, and where files live."""
