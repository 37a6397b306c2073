"""The complete copy of a person's data, made by a job and downloaded once (DAT-02)."""
