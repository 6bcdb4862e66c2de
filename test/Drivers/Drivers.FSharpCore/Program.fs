module Drivers.FSharpCore.Program

open System
open System.IO

let private work output =
    Collections.run output
    Printing.run output

/// As the other drivers' Workload: runs once and prints, then as many times more as the argument says and tells how much processor time each took.
[<EntryPoint>]
let main arguments =
    use output = new StringWriter(NewLine = "\n")
    work output
    Console.Out.Write(output.ToString())
    let repetitions = if arguments.Length > 0 then int arguments.[0] else 0
    for _ in 1..repetitions do
        let start = Environment.CpuUsage.TotalTime
        work TextWriter.Null
        eprintfn "%.3f" (Environment.CpuUsage.TotalTime - start).TotalMilliseconds
    0
