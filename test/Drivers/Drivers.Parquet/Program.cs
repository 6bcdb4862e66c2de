using Drivers;
using Drivers.Parquet;

return Workload.Run(args, output =>
{
    Records.Run(output);
    Columns.Run(output);
});
