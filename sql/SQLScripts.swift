// SQL by name
