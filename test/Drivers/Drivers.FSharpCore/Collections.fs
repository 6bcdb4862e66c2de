/// Lists, arrays, sequences, maps, sets and options, with fixed seeds.
module Drivers.FSharpCore.Collections

open System
open System.IO

let private numbers (seed: int) count =
    let random = Random(seed)
    List.init count (fun _ -> random.Next(-50, 50))

let private lists (output: TextWriter) seed =
    let xs = numbers seed 60
    let say (name: string) value = output.WriteLine(sprintf "%s %A" name value)
    say "sort" (List.sort xs)
    say "sortBy" (List.sortBy (fun x -> x % 7, x) xs)
    say "sortDescending" (List.sortDescending xs)
    say "group" (List.groupBy (fun x -> x % 5) xs)
    say "count" (List.countBy abs xs)
    say "partition" (List.partition (fun x -> x > 0) xs)
    say "fold" (List.fold (fun state x -> state * 31 + x) 7 xs)
    say "foldBack" (List.foldBack (fun x state -> state - x) xs 3)
    say "scan" (List.scan (+) 0 xs)
    say "reduce" (List.reduce max xs)
    say "windowed" (List.windowed 3 (List.truncate 8 xs))
    say "chunk" (List.chunkBySize 7 xs)
    say "split" (List.splitInto 4 xs)
    say "pairwise" (List.pairwise xs)
    say "zip" (List.zip3 xs (List.rev xs) (List.map float xs))
    say "unzip" (List.unzip (List.map (fun x -> x, x * x) xs))
    say "choose" (List.choose (fun x -> if x % 3 = 0 then Some(x / 3) else None) xs)
    say "collect" (List.collect (fun x -> [ x; -x ]) (List.truncate 9 xs))
    say "distinct" (List.distinctBy (fun x -> x / 10) xs)
    say "except" (List.except [ 1..20 ] xs)
    say "tryFind" (List.tryFind (fun x -> x > 40) xs, List.tryFindIndex (fun x -> x > 99) xs, List.tryHead [], List.tryLast xs)
    say "average" (List.averageBy float xs, List.sumBy int64 xs, List.minBy abs xs, List.maxBy abs xs)
    say "insert" (xs |> List.insertAt 3 100 |> List.removeAt 0 |> List.updateAt 2 7 |> List.truncate 6)
    say "transpose" (List.transpose [ [ 1; 2 ]; [ 3; 4 ]; [ 5; 6 ] ])
    say "permute" (List.permute (fun i -> (i + 3) % 5) [ 1; 2; 3; 4; 5 ])
    say "allPairs" (List.allPairs [ 1; 2 ] [ 'a'; 'b' ])
    say "mapFold" (List.mapFold (fun state x -> x + state, state + 1) 0 (List.truncate 6 xs))
    say "takeWhile" (List.takeWhile (fun x -> x <> 0) xs, List.skipWhile (fun x -> x < 20) xs)
    say "compare" (compare xs (List.rev xs), xs = List.map id xs, hash xs = hash (List.map id xs))

let private arrays (output: TextWriter) seed =
    let xs = numbers seed 50 |> Array.ofList
    let say (name: string) value = output.WriteLine(sprintf "%s %A" name value)
    say "sub" (Array.sub xs 3 9)
    say "blit" (let copy = Array.copy xs in Array.blit xs 0 copy 10 10; copy)
    say "sortWith" (Array.sortWith (fun a b -> compare (b % 9) (a % 9)) xs)
    say "stable" (Array.sortInPlaceBy (fun x -> x % 4) xs; xs)
    say "fill" (let copy = Array.copy xs in Array.fill copy 2 5 0; copy)
    say "parallel" (Array.Parallel.map (fun x -> x * x) xs)
    say "2d" (Array2D.init 3 4 (fun i j -> i * j) |> Array2D.map (fun x -> x + 1))
    say "3d" (Array3D.length1 (Array3D.zeroCreate<int> 2 3 4))
    say "slice" (xs.[3..7], xs.[..2], xs.[40..])
    say "windows" (Array.windowed 4 xs |> Array.map Array.sum)
    say "search" (Array.tryFindBack (fun x -> x < 0) xs, Array.contains 3 xs, Array.exists2 (=) xs xs)

let private sequences (output: TextWriter) seed =
    let xs = seq { for x in numbers seed 40 do if x % 2 = 0 then yield x else yield! [ x; x + 1 ] }
    let say (name: string) value = output.WriteLine(sprintf "%s %A" name (List.ofSeq value))
    say "cache" (Seq.cache xs)
    say "unfold" (Seq.unfold (fun (a, b) -> if a > 500 then None else Some(a, (b, a + b))) (1, 1))
    say "infinite" (Seq.initInfinite (fun i -> i * i) |> Seq.takeWhile (fun x -> x < 400))
    say "groups" (Seq.groupBy (fun x -> x % 3) xs |> Seq.map (fun (key, items) -> key, Seq.length items))
    say "sorted" (Seq.sortByDescending abs xs |> Seq.distinct)
    say "scan" (Seq.scan (fun s x -> s ^^^ x) 0 xs |> Seq.skip 3 |> Seq.indexed)
    say "chunks" (Seq.chunkBySize 6 xs |> Seq.map Array.sum)
    say "zip" (Seq.zip xs (Seq.tail xs) |> Seq.map (fun (a, b) -> b - a))
    say "delay" (Seq.delay (fun () -> Seq.append xs (Seq.singleton 1000)) |> Seq.rev)
    say "exceptions" (seq { try yield 1 finally output.WriteLine "finally" })

let private maps (output: TextWriter) seed =
    let map = numbers seed 50 |> List.mapi (fun i x -> x, i) |> Map.ofList
    let set = numbers (seed + 1) 40 |> Set.ofList
    let say (name: string) value = output.WriteLine(sprintf "%s %A" name value)
    say "map" map
    say "change" (map |> Map.add 3 -1 |> Map.remove 7 |> Map.change 3 (Option.map (fun x -> x * 2)) |> Map.filter (fun k v -> (k + v) % 2 = 0))
    say "fold" (Map.fold (fun s k v -> s + k * v) 0 map, Map.foldBack (fun k v s -> s - k + v) map 0)
    say "partition" (Map.partition (fun k _ -> k > 0) map)
    say "find" (Map.tryFind 5 map, Map.containsKey 9 map, Map.tryPick (fun k v -> if k = v then Some k else None) map, Map.minKeyValue map)
    say "set" set
    say "union" (Set.union set (Set.map abs set), Set.intersect set (set |> Set.map (fun x -> -x)), Set.difference set (Set.ofList [ 0..30 ]))
    say "subset" (Set.isSubset (Set.filter (fun x -> x > 0) set) set, Set.maxElement set, set.Count)
    say "options" ([ Some 1; None ] |> List.map (Option.map ((+) 1) >> Option.defaultValue 9), Option.bind (fun x -> if x > 1 then Some x else None) (Some 3))
    say "results" ([ Ok 1; Error "e" ] |> List.map (Result.map string >> Result.mapError String.length))

let run (output: TextWriter) =
    for seed in 1..6 do
        lists output seed
        arrays output seed
        sequences output seed
        maps output seed
