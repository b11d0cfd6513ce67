c = get_config()  # noqa: F821

# jupyter-resource-usage: show the processor beside the memory.
c.ResourceUseDisplay.track_cpu_percent = True
