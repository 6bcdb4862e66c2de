/// What F# compiles to: closures, tail calls, computation expressions, unions, records, pattern matching, mutable state of every kind.
module Languages.FSharp

open System
open System.Collections.Generic

let mutable counter = 0

type Shape =
    | Circle of radius: int
    | Square of side: int
    | Nothing

[<Struct>]
type Pair = { mutable Left: int; mutable Right: int }

type Account(owner: string, start: int) =
    let mutable balance = start
    let history = List<int>()

    member val Limit = 100 with get, set

    member _.Owner = owner

    member this.Take(amount: int) =
        if amount > balance + this.Limit then
            invalidOp $"{owner} has only {balance}"
        history.Add amount
        balance <- balance - amount
        balance

    member _.History = Seq.sum history

type Derived(name) =
    inherit Account(name, 10)
    let mutable visits = 0

    member this.Visit() =
        visits <- visits + 1
        let take = fun amount -> this.Take(amount + visits)
        take 1

type Node = { Name: string; mutable Next: Node option }

let rec loop n total =
    counter <- counter + 1
    if n = 0 then total else loop (n - 1) (total + n)

let rec even n = if n = 0 then true else odd (n - 1)
and odd n = if n = 0 then false else even (n - 1)

let area shape =
    match shape with
    | Circle radius when radius > 10 -> -1
    | Circle radius -> 3 * radius * radius
    | Square side -> side * side
    | Nothing -> 0

let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd

let describe value =
    match value with
    | Even, [ x; y ] -> $"two {x} {y}"
    | Odd, head :: _ -> $"odd {head}"
    | _, [] -> "empty"
    | _ -> "other"

type Builder() =
    member _.Bind(value: int option, next: int -> int option) =
        match value with
        | Some x -> next x
        | None -> None

    member _.Return(value: int) = Some value
    member _.Delay(body: unit -> int option) = body
    member _.Run(body: unit -> int option) = body ()

let maybe = Builder()

let sequences () =
    seq {
        let mutable i = 0
        while i < 5 do
            if i % 2 = 0 then yield i
            i <- i + 1
        yield! [ 10; 20 ]
    }

let asynchronous (account: Account) =
    async {
        do! Async.Sleep 1
        let left = account.Take 2
        try
            return account.Take 1000 + left
        with :? InvalidOperationException as e ->
            return e.Message.Length
    }

let tasks (account: Account) =
    task {
        let mutable sum = 0
        for i in 1..3 do
            do! System.Threading.Tasks.Task.Yield()
            sum <- sum + account.Take i
        return sum
    }

/// Who has computed a result may still be leaving its functions, on a thread of the pool, when the program is at its end.
let settle () =
    let mutable busy = true
    while busy do
        System.Threading.Thread.Yield() |> ignore
        let most, _ = System.Threading.ThreadPool.GetMaxThreads()
        let free, _ = System.Threading.ThreadPool.GetAvailableThreads()
        busy <- free < most

type Basket() =
    let mutable total = 0
    let items = List<int>()

    member _.Fill(by: int) =
        let mutable sum = 0
        let add x =
            items.Add x
            total <- total + x
        for i in 1..by do
            add i
            sum <- sum + i
        sum + total

    static member val Count = 0 with get, set

let inline twice ([<InlineIfLambda>] f: int -> int) x = f (f x)

[<EntryPoint>]
let main _ =
    let account = Account("Ann", 20)
    printfn "%d %d" (account.Take 5) (account.Take 7)
    try
        account.Take 500 |> ignore
    with e ->
        printfn "%s" e.Message
    account.Limit <- 3
    let derived = Derived "Bob"
    printfn "%d %d" (derived.Visit()) (derived.Visit())
    printfn "%d %b %d" (loop 50 0) (even 101) counter
    printfn "%A" (List.map area [ Circle 2; Square 3; Nothing; Circle 11 ])
    printfn "%A" (List.map describe [ 2, [ 1; 2 ]; 3, [ 5 ]; 4, []; 6, [ 1 ] ])
    printfn "%A" (maybe {
        let! x = Some 3
        let! y = Some 4
        return x * y
    })
    printfn "%A" (List.ofSeq (sequences ()))
    printfn "%d" (asynchronous account |> Async.RunSynchronously)
    printfn "%d" (tasks(account).Result)
    settle ()
    let mutable pair = { Left = 1; Right = 2 }
    pair.Left <- 9
    pair <- { pair with Right = pair.Left }
    printfn "%A %d" pair (twice (fun x -> x * pair.Right) 2)
    let node = { Name = "first"; Next = None }
    node.Next <- Some { Name = "second"; Next = Some node }
    printfn "%s" (node.Next |> Option.bind (fun n -> n.Next) |> Option.map (fun n -> n.Name) |> Option.defaultValue "?")
    Basket.Count <- Basket.Count + 1
    printfn "%d %d" (Basket().Fill 2) Basket.Count
    let state = ref 1
    let change = fun by -> state.Value <- state.Value + by
    change 4
    use resource = { new IDisposable with member _.Dispose() = printfn "disposed %d" state.Value }
    for KeyValue(key, value) in dict [ "a", 1; "b", 2 ] do
        printfn "%s=%d" key value
    printfn "%d" account.History
    0
