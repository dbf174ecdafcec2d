"""The .cache folder: what earlier runs wrote and read. Damage or another version is a miss."""
