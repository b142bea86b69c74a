"""Tests of the room that reads the portal's files, through its door."""
