using Drivers;
using Drivers.CsCheck;

return Workload.Run(args, output =>
{
    Generating.Run(output);
    Checking.Run(output);
});
