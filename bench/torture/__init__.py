"""Faults, load and luck: what the site survives, in figures. `make torture` runs it all.

    load.py       nginx answers wrk and a crawler while pushes are published; and while builds write in place
    crawler.py    follows every link, and tells a dead one from one that has just gone
    kills.py      builds are killed at random moments
    stops.py      builds are stopped by signals, and run into each other
    disks.py      full, read-only and forbidden output folders
    sequences.py  random edits, damaged caches: the tests of that, with more turns

Everything is on loopback and in temporary folders, bounded in number, and ends by itself.
"""
