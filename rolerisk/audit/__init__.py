"""Whether a finished output folder is what readers and crawlers should get: `check --site`.

folder.py    the folder, where its files are served, which file a link leads to
page.py      one page → its elements with their lines, and its texts
digest.py    what is kept of a page, to compare it with the others
check.py     all pages, one after the other, then what only all of them can tell
rules.py     the list of all rules; the other files hold one or two each: what they promise, and
             `check_page(page, folder)`, `check_all(digests, folder)` or both
"""
