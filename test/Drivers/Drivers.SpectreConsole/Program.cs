using Drivers;
using Drivers.SpectreConsole;

return Workload.Run(args, output => new Showing(output, width: 70, colors: true).Run());
