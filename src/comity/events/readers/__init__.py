"""Readers of event files: one file each, listed here."""
