"""The command line and the brief: the only room that prints."""

from comity.workbench.front import COMMANDS, build_parser, main

__all__ = ["COMMANDS", "build_parser", "main"]
