"""New roles: drafts with TODOs where a person has to write."""
