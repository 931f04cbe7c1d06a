"""What is allowed, as pure data: CSP, origins, the sandbox profile. Nothing here touches the system."""
