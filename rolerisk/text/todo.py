"""What drafts have where a person still has to write."""

import re

TODO = re.compile(r"\bTODO\b")
