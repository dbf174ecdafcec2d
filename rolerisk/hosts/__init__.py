"""Where a site is published: what each host allows, and whether a finished output folder fits.

`table.py` knows the hosts, `limits.py` compares a folder with one of them.
"""
