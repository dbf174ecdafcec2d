"""Stage 3, assemble: all records → one Site. Scores, numbers, rankings, neighbours, addresses."""
