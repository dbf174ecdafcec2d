"""Tells search engines which addresses are new, changed or gone, by the IndexNow protocol.

pages.py      the finished output folder → each public address with the digest of its content
changes.py    that and what was announced before → what there is to say
indexnow.py   a request and what the answer means; the only file that knows HTTP
announce.py   one batch after the other; what was accepted is kept at once
"""
