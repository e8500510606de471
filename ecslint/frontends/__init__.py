"""Formats: text in, projects out. Each package knows one, and no other place does.

A frontend is a package with `claims(path, content)`, which says from a file's name and bytes whether the file is one of
its own, and `load(paths, files, settings)`, which makes projects of the files that it claimed.
"""
