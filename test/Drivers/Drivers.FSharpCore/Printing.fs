/// Formatting, computation expressions, quotations, strings, lazy values, agents and numbers.
module Drivers.FSharpCore.Printing

open System
open System.IO
open Microsoft.FSharp.Quotations
open Microsoft.FSharp.Quotations.Patterns

type Shape =
    | Circle of radius: float
    | Rectangle of width: float * height: float
    | Group of Shape list
    | Empty

type Person = { Name: string; Age: int; Friends: Person list }

[<Measure>]
type metre

type Tree<'T when 'T: comparison> =
    | Leaf
    | Node of Tree<'T> * 'T * Tree<'T>

    static member Add(tree, value) =
        match tree with
        | Leaf -> Node(Leaf, value, Leaf)
        | Node(left, other, right) when value < other -> Node(Tree<'T>.Add(left, value), other, right)
        | Node(left, other, right) when value > other -> Node(left, other, Tree<'T>.Add(right, value))
        | same -> same

let rec private area shape =
    match shape with
    | Circle radius -> Math.PI * radius * radius
    | Rectangle(width, height) -> width * height
    | Group shapes -> List.sumBy area shapes
    | Empty -> 0.0

let private formats (output: TextWriter) =
    let write (text: string) = output.WriteLine text
    for number in [ 0; 1; -1; 42; Int32.MaxValue; Int32.MinValue ] do
        write (sprintf "%d|%5d|%-5d|%05d|%x|%X|%o|%i|%+d|% d" number number number number number number number number number number)
    for number in [ 0.0; 1.5; -2.25; 1e20; Math.PI; nan; infinity ] do
        write (sprintf "%f|%.2f|%8.3f|%e|%g|%-10.1f|%A" number number number number number number number)
    for text in [ ""; "text"; "with \"quotes\""; "unicode \u00e9" ] do
        write (sprintf "%s|%10s|%-10s|%A|%O" text text text text text)
    write (sprintf "%b %c %M %A %A" true 'x' 1.50m [| 1; 2 |] (Some [ 1, "a" ]))
    let person = { Name = "A"; Age = 3; Friends = [ { Name = "B"; Age = 4; Friends = [] } ] }
    write (sprintf "%A %A %O" person (Group [ Circle 1.5; Rectangle(2.0, 3.0); Empty ]) (Circle 2.0))
    write $"{person.Name} {area (Group [ Circle 1.0; Rectangle(2.0, 3.0) ]):F3} {5.0<metre> * 2.0<metre>} %d{person.Age}"
    write (String.concat "," (List.map string [ 1uy; 2uy ]) + String.replicate 3 "ab" + String.map Char.ToUpperInvariant "abc")
    write (sprintf "%A" (String.collect (fun c -> string c + "-") "xyz", String.filter Char.IsDigit "a1b2", String.forall Char.IsLetter "abc"))
    write (sprintf "%*d|%-*d|%t|%a" 6 42 6 42 (fun () -> "t") (fun () (value: int) -> string value) 5)

let private computations (output: TextWriter) =
    let write (text: string) = output.WriteLine text
    let sum = async {
        let! left = async { return 20 }
        let! right = async {
            do! Async.Sleep 0
            return 22
        }
        try
            if left > right then failwith "never"
            return! Async.Parallel [ async { return left }; async { return right } ]
        finally
            write "finally"
    }
    write (sprintf "%A" (Async.RunSynchronously sum))
    write (sprintf "%A" (async { return failwith "thrown" } |> Async.Catch |> Async.RunSynchronously |> function Choice1Of2 x -> string<int> x | Choice2Of2 e -> e.Message))
    let work = task {
        let mutable total = 0
        for i in 1..10 do
            do! System.Threading.Tasks.Task.Yield()
            total <- total + i
        return total
    }
    write (string work.Result)
    let lazyValue = lazy (write "computed"; 5)
    write (sprintf "%d %d %b" lazyValue.Value (lazyValue.Force()) lazyValue.IsValueCreated)
    let tree = List.fold (fun tree x -> Tree<int>.Add(tree, x)) Leaf [ 5; 2; 8; 1; 9; 3; 5 ]
    write (sprintf "%A %b %d" tree (tree = tree) (compare tree Leaf))
    let agent = MailboxProcessor.Start(fun inbox ->
        let rec loop total = async {
            let! (number, reply: AsyncReplyChannel<int>) = inbox.Receive()
            reply.Reply(total + number)
            return! loop (total + number)
        }
        loop 0)
    for i in 1..5 do
        write (string (agent.PostAndReply(fun reply -> i, reply)))
    let event = Event<int>()
    use _ = event.Publish |> Observable.filter (fun x -> x % 2 = 0) |> Observable.map (fun x -> x * 10) |> Observable.subscribe (fun x -> write (string x))
    List.iter event.Trigger [ 1; 2; 3; 4 ]

let rec private show (expression: Expr) =
    match expression with
    | Lambda(variable, body) -> $"(fun {variable.Name} -> {show body})"
    | Call(_, method, arguments) -> $"""{method.Name}({String.Join(", ", List.map show arguments)})"""
    | Value(value, _) -> string value
    | Var variable -> variable.Name
    | Let(variable, value, body) -> $"let {variable.Name} = {show value} in {show body}"
    | IfThenElse(condition, yes, no) -> $"if {show condition} then {show yes} else {show no}"
    | other -> other.Type.Name

let private others (output: TextWriter) =
    let write (text: string) = output.WriteLine text
    write (show <@ fun x -> let y = x + 1 in if y > 3 then y * 2 else 0 @>)
    write (sprintf "%A" <@@ [ 1; 2 ] |> List.map (fun x -> x + 1) @@>)
    write (sprintf "%A %A %A" (2I ** 100) (bigint 12345 % 97I) (pown 3 7, 2.0 ** 0.5, abs -3, sign -2.5, round 2.5, truncate 2.7))
    write (sprintf "%A" (query {
        for x in [ 5; 3; 9; 1 ] do
            where (x > 2)
            sortBy x
            select (x * x)
    } |> Seq.toList))
    for text in [ "12"; "x"; "" ] do
        write (try string (int text) with e -> e.GetType().Name)
    write (try failwithf "%s %d" "failed" 3 with Failure message -> message)
    write (try (invalidArg "name" "bad") with :? ArgumentException as e -> e.Message)
    write (sprintf "%A" (typeof<Shape> |> Reflection.FSharpType.GetUnionCases |> Array.map (fun case -> case.Name, case.GetFields().Length)))
    write (sprintf "%A" (Reflection.FSharpValue.GetRecordFields({ Name = "r"; Age = 1; Friends = [] }), Reflection.FSharpType.IsTuple(typeof<int * string>)))

let run output =
    formats output
    computations output
    others output
