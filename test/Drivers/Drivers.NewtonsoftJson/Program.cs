using Drivers;
using Drivers.NewtonsoftJson;

return Workload.Run(args, output =>
{
    Serialization.Run(output);
    Converting.Run(output);
    Documents.Run(output);
    Streaming.Run(output);
    Failing.Run(output);
});
