"""Security relations between states, with the row or passage behind every number."""

__version__ = "0.1.0"
