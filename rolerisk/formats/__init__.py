"""Problems → what other programs read: GitHub's annotations and summary, SARIF, JSON."""
