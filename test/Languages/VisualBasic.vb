Imports System
Imports System.Collections.Generic
Imports System.Linq
Imports System.Threading.Tasks

' What Visual Basic compiles to: late binding, My, exception filters, On Error, Handles, static locals, closures, iterators, Async.

Namespace My
    ' The framework's own My needs Windows; a program's may be extended anywhere.
    <HideModuleName>
    Friend Module Answers
        Friend Property Answer As Integer = 41
    End Module
End Namespace

Public Interface INamed
    ReadOnly Property Name As String
End Interface

Public Class Account
    Implements INamed

    Public Event Emptied(sender As Object, amount As Integer)
    Private _balance As Integer
    Private ReadOnly _history As New List(Of Integer)
    Public Property Limit As Integer = 100
    Default Public Property Item(index As Integer) As Integer
        Get
            Return _history(index)
        End Get
        Set(value As Integer)
            _history(index) = value
        End Set
    End Property

    Public Sub New(start As Integer)
        _balance = start
    End Sub

    Public ReadOnly Property Name As String Implements INamed.Name
        Get
            Return "account"
        End Get
    End Property

    Public Function Take(amount As Integer) As Integer
        If amount > _balance + Limit Then Throw New InvalidOperationException("only " & _balance.ToString())
        _history.Add(amount)
        _balance -= amount
        If _balance <= 0 Then RaiseEvent Emptied(Me, amount)
        Return _balance
    End Function

    Public Function Filtered(amount As Integer) As String
        Try
            Take(amount)
            Return "fine"
        Catch e As InvalidOperationException When e.Message.Length > 100
            Return "long"
        Catch e As InvalidOperationException When Note(e)
            Return "noted"
        Finally
            Limit += 1
        End Try
    End Function

    Private Function Note(e As Exception) As Boolean
        _balance += 1
        Return True
    End Function

    Public Function Calls() As Integer
        Static count As Integer = 10
        count += 1
        Return count
    End Function

    Public Iterator Function Numbers() As IEnumerable(Of Integer)
        For i = 1 To 3
            _balance += i
            Yield _balance
        Next
    End Function

    Public Async Function LaterAsync() As Task(Of Integer)
        Await Task.Yield()
        Try
            Take(3)
            Await Task.Delay(1)
            Take(100000)
        Catch e As InvalidOperationException
            _balance = 7
        End Try
        Return _balance
    End Function
End Class

Public Structure Place
    Public X As Integer
    Public Y As Integer

    Public Sub Move(by As Integer)
        X += by
        Y -= by
    End Sub
End Structure

Public Class Cart
    Public Property Total As Integer
    Public Shared Property Count As Integer
    Private _corner As Place
    Private ReadOnly _places As Place() = {New Place()}

    Public Sub Fill(by As Integer)
        Total += by
        Count += 1
        Dim lines As New List(Of Integer)
        Dim add As Action(Of Integer) = Sub(x)
                                            lines.Add(x)
                                            Total += x
                                        End Sub
        add(1)
        add(2)
        With _corner
            .X = by
            Swap(.X, .Y)
            .Move(1)
        End With
        With _places(0)
            .X += 7
        End With
    End Sub

    Private Shared Sub Swap(ByRef one As Integer, ByRef other As Integer)
        Dim kept = one
        one = other
        other = kept
    End Sub

    Public Overrides Function ToString() As String
        Return $"{Total} {Count} {_corner.X} {_corner.Y} {_places(0).X}"
    End Function
End Class

Public Class Holder
    Private WithEvents Watched As Account
    Public Seen As Integer
    Public Where As Place
    Public Text As String = ""

    Public Sub New(account As Account)
        Watched = account
    End Sub

    Private Sub OnEmptied(sender As Object, amount As Integer) Handles Watched.Emptied
        Seen += amount
    End Sub

    Public Sub Change(ByRef number As Integer, Optional by As Integer = 5)
        number += by
    End Sub

    Public Sub Run()
        Change(Seen)
        Change(Where.X, 3)
        Where.Move(2)
        Text &= "a"
        Mid(Text, 1, 1) = "b"
        With Where
            .X = 4
            .Y += 1
        End With
        Dim number As Integer = 1
        Dim add = Function(x As Integer) x + number + Seen
        number = 2
        Console.WriteLine(add(1))
        Dim query = From n In {3, 1, 2} Where n > 1 Order By n Select n * number
        Console.WriteLine(String.Join(",", query))
    End Sub
End Class

Public Module Program
    Private _shared As Integer

    Private Function OnError(divisor As Integer) As String
        Dim result As Integer = 0
        On Error Resume Next
        result = 10 \ divisor
        result += 1
        _shared += result
        If Err.Number <> 0 Then Return "error " & Err.Number.ToString()
        Return result.ToString()
    End Function

    Private Function Handled(divisor As Integer) As Integer
        On Error GoTo Failed
        _shared = 10 \ divisor
        Return _shared
Failed:
        _shared = -1
        Resume Done
Done:
        Return _shared
    End Function

    Public Function Main() As Integer
        Dim account As New Account(10)
        Dim holder As New Holder(account)
        Console.WriteLine(account.Take(4))
        Console.WriteLine(account.Take(8))
        Console.WriteLine(account.Filtered(1000))
        Console.WriteLine(account.Filtered(1))
        account(0) = 44
        account(1) += 2
        Console.WriteLine(account(0) + account(1))
        Console.WriteLine(account.Calls() + account.Calls())
        Console.WriteLine(String.Join(" ", account.Numbers()))
        Console.WriteLine(account.LaterAsync().Result)
        holder.Run()
        Console.WriteLine($"{holder.Seen} {holder.Where.X} {holder.Where.Y} {holder.Text}")
        Dim late As Object = account
        Console.WriteLine(late.Take(1))
        late.Limit = 55
        Console.WriteLine(late.Limit & " " & late.Name)
        Try
            late.Missing()
        Catch e As MissingMemberException
            Console.WriteLine("missing")
        End Try
        Console.WriteLine(OnError(2) & " " & OnError(0) & " " & Handled(5).ToString() & " " & Handled(0).ToString())
        My.Answer += 1
        Console.WriteLine(My.Answer)
        Dim shared_ = DirectCast(CType(account, INamed), Object)
        Select Case TypeName(shared_)
            Case "Account"
                Console.WriteLine("an account")
            Case Else
                Console.WriteLine("something else")
        End Select
        Dim cart As New Cart()
        cart.Fill(5)
        Console.WriteLine(cart.ToString())
        Dim anonymous = New With {.A = 1, Key .B = "two"}
        anonymous.A = 3
        Console.WriteLine(anonymous.ToString())
        Return _shared
    End Function
End Module
