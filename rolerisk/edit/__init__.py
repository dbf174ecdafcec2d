"""Editors' files rewritten: one form for all, a role's slug changed, roles moved between files.

Nothing is written before it has been read again and says the same.
"""
