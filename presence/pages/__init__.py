"""The first paint and the JSON: presence for pages whose socket is not open yet."""
