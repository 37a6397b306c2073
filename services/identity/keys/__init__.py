"""Keys of the service itself, wrapped by the master key, and the change of the master key."""
