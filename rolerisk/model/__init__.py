"""The values that cross the borders between stages: all frozen, none with behaviour."""
