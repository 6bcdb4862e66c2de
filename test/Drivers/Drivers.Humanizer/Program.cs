using Drivers;
using Drivers.Humanizer;

return Workload.Run(args, output =>
{
    Texts.Run(output);
    Numbers.Run(output);
    Times.Run(output);
    Quantities.Run(output);
});
