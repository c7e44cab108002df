---------------------------- MODULE Replication ----------------------------
(***************************************************************************)
(* The replication of one partition: terms, fences, elections, entries,    *)
(* commits, and the replacement of replicas.  Numbers in brackets, as      *)
(* [3], are the rules of docs/protocol.md.                                 *)
(*                                                                         *)
(* How to read it: the variables, then the words that the actions are      *)
(* written in, then the controller's actions, the replicas' actions, what  *)
(* can go wrong (crashes, lost disks), and what must hold all the same.    *)
(*                                                                         *)
(* A message that may be late, lost, repeated or overtaken is modelled by  *)
(* what it was made from: a leader's log of one term only grows, so        *)
(* `led[t]` stands for every Append of term t, and an Append may arrive as *)
(* long as somebody can still take it.  `terms[t]` stands in the same way  *)
(* for the order to lead term t.                                           *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
    Initial,        \* the workers of the first configuration
    Spare,          \* workers that have no replica at first
    FirstLeader,    \* {}: from the beginning; {w}: from where w is the established leader of term 1
    WriteQuorum,    \* W of every configuration
    Broken,         \* the rules that this model leaves out; {} for the protocol
    SyncAtOnce,     \* TRUE: a follower takes, syncs and acknowledges in one step
    MaxTerm,        \* bounds of the model: terms started,
    MaxIndex,       \* entries of a log,
    MaxCrashes,     \* crashes altogether,
    MaxLosses,      \* disks lost altogether,
    MaxMoves        \* replicas replaced altogether

Rules == {
    "LeadOnce", "AckConfirmed", "AckOfTerm", "HigherTermEndsOlder", "DiskIsNamed",
    "LostDiskRemains", "CreatedWithFloor", "KeptAreFenced", "EstablishPresent",
    "ElectPresent", "DropUnneeded", "LeaderDiskCounts", "LeaderIsMember", "BarrierFirst",
    "HeldSnapshotIgnored", "AckAfterSync", "TermSurvives", "FenceQuorum"}

ASSUME Broken \subseteq Rules
ASSUME WriteQuorum \in 1..Cardinality(Initial)

Worker == Initial \cup Spare
Term == 1..MaxTerm
Keeps(rule) == rule \notin Broken

VARIABLES
    (* What is decided by the controller, in its replicated metadata log. *)
    started,        \* the greatest term started
    terms,          \* [Term -> its members and its elected leader]
    kept,           \* the terms whose configurations every election fences
    answers,        \* the fence answers of the present term
    (* What a worker has, on its disk or in memory. *)
    disk,           \* the number of the disk that it runs on: another one is another member
    incarnation,    \* how often it was started
    held,           \* whether it holds a replica of the partition
    term,           \* the replica's term, on disk
    log,            \* its log in memory
    onDisk,         \* its log on disk
    leads,          \* whether it leads its term
    confirmed,      \* up to where Appends of its term confirmed its log
    dropTerm,       \* the term of the last order to drop its replica, which may come late
    (* What was said. *)
    led,            \* [Term -> the leader's log, its commit index, what it heard acknowledged]
    (* What an observer notes. *)
    committed,      \* every entry that a leader ever committed, with the term that committed it
    spent           \* crashes, losses and moves so far

decided == <<started, terms, kept, answers>>
replica == <<disk, incarnation, held, term, log, onDisk, leads, confirmed, dropTerm>>
vars == <<decided, replica, led, committed, spent>>

-----------------------------------------------------------------------------
(* Words. *)

Max(S) == CHOOSE n \in S : \A m \in S : n >= m
Min(a, b) == IF a < b THEN a ELSE b
Prefix(s, n) == SubSeq(s, 1, n)

(* A member is a worker with its disk. *)
Member(w) == <<w, disk[w]>>
WorkerOf(m) == m[1]

Nobody == <<>>
NoTerm == [members |-> {}, leader |-> Nobody]
NotLed == [log |-> <<>>, commit |-> 0, acked |-> [w \in Worker |-> 0]]

(* Up to where two logs are the same. *)
Common(a, b) ==
    IF a = b THEN Len(a) ELSE
    Max({n \in 0..Min(Len(a), Len(b)) : \A i \in 1..n : a[i] = b[i]})

(* Up to where two logs have entries of the same terms; all that a follower compares. *)
Matching(a, b) ==
    IF a = b THEN Len(a) ELSE
    Max({n \in 0..Min(Len(a), Len(b)) : \A i \in 1..n : a[i].term = b[i].term})

(* Logs are compared by their last (term, index). *)
Position(l) == IF l = <<>> THEN <<0, 0>> ELSE <<l[Len(l)].term, Len(l)>>
NotAfter(p, q) == p[1] < q[1] \/ (p[1] = q[1] /\ p[2] <= q[2])

(* The first entry of a term is its barrier. *)
Barrier(l, t) == Max({i \in 1..Len(l) : l[i].term = t /\ (i = 1 \/ l[i - 1].term # t)})

Durable(w) == Common(log[w], onDisk[w])

(* An entry is told from others by its leader and the leader's incarnation. *)
Entry(w) == [term |-> term[w], by |-> <<w, disk[w], incarnation[w]>>]

(* A lost disk remains a member that never answers: N and F stay what they were [3]. *)
Counted(members) ==
    IF Keeps("LostDiskRemains") THEN members ELSE {m \in members : m[2] = disk[WorkerOf(m)]}

FenceQuorumOf(members) ==
    Cardinality(Counted(members)) - WriteQuorum + (IF Keeps("FenceQuorum") THEN 1 ELSE 0)

KeptNow == IF Keeps("KeptAreFenced") \/ kept = {} THEN kept ELSE {CHOOSE t \in kept : \A u \in kept : t <= u}

(* Everybody whom the fence of the present term is sent to [2]. *)
Fenced == terms[started].members \cup UNION {terms[t].members : t \in KeptNow}

(* Whether a member may hold something that is needed [18]. *)
Needed(m) ==
    \/ m \in terms[started].members
    \/ Keeps("DropUnneeded") /\ \E t \in kept : m \in terms[t].members

(* An answer counts for the member that gave it: the worker on the disk that was named. *)
IsFrom(m, who) == IF Keeps("DiskIsNamed") THEN m = who ELSE WorkerOf(m) = WorkerOf(who)

(* Whether the order to lead its term is for this worker as it is. *)
IsElected(w) == term[w] > 0 /\ terms[term[w]].leader = <<w, disk[w], incarnation[w]>>

(* A fence is complete when F members of each kept configuration have answered, or the leader
   of the greatest term that had one, from the same disk [3].  Before the first leader nothing
   was ever committed and any answer would do. *)
Complete(who) ==
    IF KeptNow = {}
    THEN who # {}
    ELSE \/ \E m \in who : <<m[1], m[2]>> = <<terms[Max(KeptNow)].leader[1], terms[Max(KeptNow)].leader[2]>>
         \/ \A t \in KeptNow :
                Cardinality({m \in Counted(terms[t].members) : \E x \in who : IsFrom(m, x)})
                    >= FenceQuorumOf(terms[t].members)

-----------------------------------------------------------------------------
(* Before the first fence: nobody has anything. *)
AtTheBeginning ==
    /\ terms = [t \in Term |-> IF t = 1 THEN [members |-> {<<w, 0>> : w \in Initial}, leader |-> Nobody] ELSE NoTerm]
    /\ kept = {}
    /\ log = [w \in Worker |-> <<>>]
    /\ onDisk = log
    /\ leads = [w \in Worker |-> FALSE]
    /\ confirmed = [w \in Worker |-> 0]
    /\ led = [t \in Term |-> NotLed]
    /\ committed = <<>>

(* Some steps later: `w` leads, and W members or more have its barrier.  Models that are about
   what comes after begin here; it is one of the states that lead on from the beginning. *)
AfterTheFirstBarrier(w) ==
    LET barrier == [term |-> 1, by |-> <<w, 0, 0>>]
    IN  \E those \in SUBSET Initial :
            /\ w \in those
            /\ Cardinality(those) >= WriteQuorum
            /\ terms = [t \in Term |->
                    IF t = 1 THEN [members |-> {<<v, 0>> : v \in Initial}, leader |-> <<w, 0, 0>>] ELSE NoTerm]
            /\ kept = {1}
            /\ log = [v \in Worker |-> IF v \in those THEN <<barrier>> ELSE <<>>]
            /\ onDisk = log
            /\ leads = [v \in Worker |-> v = w]
            /\ confirmed = [v \in Worker |-> IF v \in those \ {w} THEN 1 ELSE 0]
            /\ led = [t \in Term |->
                    IF t = 1
                    THEN [log |-> <<barrier>>, commit |-> 1,
                          acked |-> [v \in Worker |-> IF v \in those \ {w} THEN 1 ELSE 0]]
                    ELSE NotLed]
            /\ committed = <<[entry |-> barrier, in |-> 1]>>

(* Term 1 has started with the first configuration and everybody has an empty replica. *)
Init ==
    /\ started = 1
    /\ disk = [w \in Worker |-> 0]
    /\ incarnation = [w \in Worker |-> 0]
    /\ held = [w \in Worker |-> w \in Initial]
    /\ term = [w \in Worker |-> IF w \in Initial THEN 1 ELSE 0]
    /\ dropTerm = [w \in Worker |-> 0]
    /\ answers = {}
    /\ spent = [crashes |-> 0, losses |-> 0, moves |-> 0]
    /\ IF FirstLeader = {} THEN AtTheBeginning ELSE \E w \in FirstLeader : AfterTheFirstBarrier(w)

-----------------------------------------------------------------------------
(* What the controller decides. *)

(* A further term starts with a configuration [1].  A term without an elected leader leaves
   nothing behind. *)
StartTermWith(members) ==
    /\ started < MaxTerm
    /\ started' = started + 1
    /\ terms' = [terms EXCEPT
            ![started + 1] = [members |-> members, leader |-> Nobody],
            ![started] = IF @.leader = Nobody /\ Keeps("ElectPresent") THEN NoTerm ELSE @]
    /\ answers' = IF Keeps("ElectPresent") THEN {} ELSE answers
    /\ UNCHANGED <<kept, replica, led, committed>>

(* It starts at any time, for whatever reason, with the present or a kept configuration; only
   that nobody heard of a term before is left out, because then it might as well not have been. *)
StartTerm ==
    /\ answers # {} \/ terms[started].leader # Nobody
    /\ \E members \in {terms[t].members : t \in kept \cup {started}} : StartTermWith(members)
    /\ UNCHANGED spent

(* While there is a leader, a member is replaced by a replica that was a learner [16]. *)
Replace(old, w) ==
    /\ spent.moves < MaxMoves
    /\ terms[started].leader # Nobody
    /\ old \in terms[started].members
    /\ held[w]
    /\ \A m \in terms[started].members \ {old} : WorkerOf(m) # w
    /\ Member(w) # old
    /\ StartTermWith((terms[started].members \ {old}) \cup {Member(w)})
    /\ spent' = [spent EXCEPT !.moves = @ + 1]

(* Of a complete set of answers, which need not be all that came, the greatest log leads, if
   a member of the term's configuration has it [3].  It is applied only while the term is the
   greatest started. *)
Elect(t, w) ==
    /\ IF Keeps("ElectPresent") THEN t = started ELSE t \in 1..started
    /\ terms[t].leader = Nobody
    /\ \E those \in SUBSET {a \in answers : a.term = t} :
        /\ Complete({a.member : a \in those})
        /\ \E a \in those :
            /\ WorkerOf(a.member) = w
            /\ Keeps("LeaderIsMember") => a.member \in terms[t].members
            /\ \A b \in those : NotAfter(b.last, a.last)
            /\ terms' = [terms EXCEPT ![t].leader = <<w, a.member[2], incarnation[w]>>]
    /\ kept' = kept \cup {t}
    /\ answers' = IF Keeps("ElectPresent") THEN {} ELSE answers
    /\ UNCHANGED <<started, replica, led, committed, spent>>

(* The leader has reported that its barrier is committed.  While its term is the greatest
   started, its configuration alone is kept from now on [5]. *)
Establish(t) ==
    /\ IF Keeps("EstablishPresent") THEN t = started ELSE t \in 1..started
    /\ kept # {t}
    /\ t \in kept
    /\ led[t].commit > 0
    /\ kept' = {t}
    /\ UNCHANGED <<started, terms, answers, replica, led, committed, spent>>

(* A replica is to be dropped when nothing may need it [18].  The order may come late. *)
OrderDrop(w) ==
    /\ MaxMoves > 0
    /\ held[w]
    /\ ~Needed(Member(w))
    /\ dropTerm[w] < started
    /\ dropTerm' = [dropTerm EXCEPT ![w] = started]
    /\ UNCHANGED <<decided, disk, incarnation, held, term, log, onDisk, leads, confirmed, led, committed, spent>>

-----------------------------------------------------------------------------
(* What a replica does. *)

(* A replica is created on the controller's order only, on the disk named, as a member or as
   a learner, with the present term as its floor [15]. *)
Create(w) ==
    /\ ~held[w]
    /\ Member(w) \in Fenced \/ (spent.moves < MaxMoves /\ terms[started].leader # Nobody)
    /\ held' = [held EXCEPT ![w] = TRUE]
    /\ term' = [term EXCEPT ![w] = IF Keeps("CreatedWithFloor") THEN Max({@, started}) ELSE @]
    /\ UNCHANGED <<decided, disk, incarnation, log, onDisk, leads, confirmed, dropTerm, led, committed, spent>>

(* It goes on order only.  Its term stays on disk [18]. *)
Drop(w) ==
    /\ held[w]
    /\ term[w] <= dropTerm[w]
    /\ held' = [held EXCEPT ![w] = FALSE]
    /\ term' = [term EXCEPT ![w] = IF Keeps("CreatedWithFloor") THEN dropTerm[w] ELSE 0]
    /\ log' = [log EXCEPT ![w] = <<>>]
    /\ onDisk' = [onDisk EXCEPT ![w] = <<>>]
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ confirmed' = [confirmed EXCEPT ![w] = 0]
    /\ UNCHANGED <<decided, disk, incarnation, dropTerm, led, committed, spent>>

(* A greater term is on disk before anything is said in it, and with it everything written
   before.  It ends leading, and what older terms confirmed is forgotten [2].  Without the rule
   a follower takes what it is sent and stays in its own term. *)
RaiseTerm(w, t) ==
    /\ term[w] <= t
    /\ IF term[w] < t /\ (Keeps("HigherTermEndsOlder") \/ leads[w])
       THEN /\ term' = [term EXCEPT ![w] = t]
            /\ leads' = [leads EXCEPT ![w] = FALSE]
       ELSE UNCHANGED <<term, leads>>

(* A member that the fence of the present term reaches makes it its term and answers with the
   end of its log on disk [2].  Leases are the subject of Lease.tla. *)
AnswerFence(w) ==
    /\ terms[started].leader = Nobody
    /\ held[w]
    /\ \E m \in Fenced : IsFrom(m, Member(w))
    /\ ~\E a \in answers : a.member = Member(w) /\ a.term = started
    /\ term[w] <= started
    /\ term' = [term EXCEPT ![w] = started]
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ confirmed' = [confirmed EXCEPT ![w] = IF term[w] < started THEN 0 ELSE @]
    /\ onDisk' = [onDisk EXCEPT ![w] = log[w]]
    /\ answers' = answers \cup {[term |-> started, member |-> Member(w), last |-> Position(log[w])]}
    /\ UNCHANGED <<started, terms, kept, disk, incarnation, held, log, dropTerm, led, committed, spent>>

(* An entry goes into the leader's log and to the others before it is on the leader's disk. *)
AppendEntry(w) ==
    /\ Len(log[w]) < MaxIndex
    /\ log' = [log EXCEPT ![w] = Append(@, Entry(w))]

(* Acknowledgements of terms that the same worker led before, which arrive now: without the rule
   they are counted. *)
Late(w, t) ==
    LET before == {u \in 1..(t - 1) : terms[u].leader # Nobody /\ terms[u].leader[1] = w}
    IN  [v \in Worker |-> Max({0} \cup {led[u].acked[v] : u \in before})]

(* The elected member leads if it is in exactly that term, in the incarnation and on the disk
   named [4].  It knows nothing of the others, and its first entry is a barrier [5]. *)
Lead(w) ==
    LET t == term[w]
        order == terms[t].leader
    IN  /\ held[w]
        /\ t > 0
        /\ order # Nobody
        /\ order[1] = w
        /\ order[2] = disk[w]
        /\ Keeps("LeadOnce") => order[3] = incarnation[w]
        /\ Keeps("LeaderIsMember") => Member(w) \in terms[t].members
        /\ ~leads[w]
        /\ AppendEntry(w)
        /\ leads' = [leads EXCEPT ![w] = TRUE]
        /\ led' = [led EXCEPT ![t] = [
                log |-> log'[w],
                commit |-> 0,
                acked |-> IF Keeps("AckOfTerm") THEN NotLed.acked ELSE Late(w, t)]]
        /\ UNCHANGED <<decided, disk, incarnation, held, term, onDisk, confirmed, dropTerm, committed, spent>>

(* An established leader appends what clients write [6]. *)
AppendWrite(w) ==
    /\ leads[w]
    /\ led[term[w]].commit > 0
    /\ AppendEntry(w)
    /\ led' = [led EXCEPT ![term[w]].log = log'[w]]
    /\ UNCHANGED <<decided, disk, incarnation, held, term, onDisk, leads, confirmed, dropTerm, committed, spent>>

(* What is in the log reaches the disk. *)
Sync(w) ==
    /\ onDisk[w] # log[w]
    /\ onDisk' = [onDisk EXCEPT ![w] = log[w]]
    /\ UNCHANGED <<decided, disk, incarnation, held, term, log, leads, confirmed, dropTerm, led, committed, spent>>

(* Up to where a follower acknowledges: what Appends of this term confirmed and its disk holds,
   never its log's end [8]. *)
Acknowledged(w) ==
    IF ~Keeps("AckConfirmed") /\ confirmed[w] > 0 THEN Durable(w)
    ELSE IF ~Keeps("AckAfterSync") THEN confirmed[w]
    ELSE Min(confirmed[w], Durable(w))

(* The leader notes an acknowledgement of its own term and of a member on the disk named; a
   learner counts nowhere [8, 16]. *)
Heard(t, w, index) ==
    IF \E m \in terms[t].members : IsFrom(m, Member(w))
    THEN [led EXCEPT ![t].acked[w] = Max({@, index})]
    ELSE led

(* A follower tells the leader of its term what it has. *)
Acknowledge(w) ==
    /\ ~SyncAtOnce
    /\ held[w]
    /\ ~leads[w]
    /\ confirmed[w] > 0
    /\ led' = Heard(term[w], w, Acknowledged(w))
    /\ led' # led
    /\ UNCHANGED <<decided, replica, committed, spent>>

(* A leader speaks to the members of its term, and to learners while a replacement is prepared. *)
IsAddressed(w, t) ==
    \/ \E m \in terms[t].members : IsFrom(m, Member(w))
    \/ t = started /\ spent.moves < MaxMoves

(* The replica's log becomes `l`, confirmed by the leader of term t up to `index`.  With
   SyncAtOnce it is on disk and acknowledged in the same step: before that nobody could tell
   that it had come. *)
Take(w, t, l, index) ==
    LET known == IF term[w] = t THEN confirmed[w] ELSE 0
        sure == Max({known, index})
    IN  /\ RaiseTerm(w, t)
        /\ log' = [log EXCEPT ![w] = l]
        /\ confirmed' = [confirmed EXCEPT ![w] = sure]
        /\ IF SyncAtOnce
           THEN /\ onDisk' = [onDisk EXCEPT ![w] = l]
                /\ led' = Heard(t, w, IF Keeps("AckConfirmed") THEN sure ELSE Len(l))
           ELSE /\ onDisk' = [onDisk EXCEPT ![w] = IF term[w] < t THEN log[w] ELSE @]
                /\ UNCHANGED led
        /\ UNCHANGED <<decided, disk, incarnation, held, dropTerm, committed, spent>>

(* A replica takes the entries up to n from the leader of its term or a greater one.  It cuts
   its log only where an entry of another term stands [7]. *)
Accept(w, t, n) ==
    LET theirs == led[t].log
        same == Min(n, Matching(log[w], theirs))
    IN  /\ held[w]
        /\ term[w] <= t
        /\ ~(leads[w] /\ term[w] = t)
        /\ IsAddressed(w, t)
        /\ n \in 1..Len(theirs)
        /\ n > confirmed[w] \/ term[w] < t \/ same < n
        /\ Take(w, t, IF same = n THEN log[w] ELSE Prefix(log[w], same) \o SubSeq(theirs, same + 1, n), n)

(* A replica takes the state that a leader had applied at n.  If it holds that position already,
   it ignores the snapshot and keeps what follows [17]. *)
InstallSnapshot(w, t, n) ==
    LET theirs == led[t].log
    IN  /\ held[w]
        /\ term[w] <= t
        /\ ~(leads[w] /\ term[w] = t)
        /\ IsAddressed(w, t)
        /\ n \in 1..Min(led[t].commit, Len(theirs))
        /\ n > confirmed[w] \/ term[w] < t \/ ~Keeps("HeldSnapshotIgnored")
        /\ Take(w, t, IF Matching(log[w], theirs) >= n /\ Keeps("HeldSnapshotIgnored")
                      THEN log[w] ELSE Prefix(theirs, n), n)

(* The leader commits what W members have, its own disk among them, and nothing below its
   barrier [9].  Everything before is committed with it. *)
Commit(w, i) ==
    LET t == term[w]
        has == {m \in terms[t].members \cup {Member(w)} :
                    IF m = Member(w) THEN Durable(w) >= i ELSE led[t].acked[WorkerOf(m)] >= i}
    IN  /\ leads[w]
        /\ i \in (led[t].commit + 1)..Len(log[w])
        /\ Cardinality(has) >= WriteQuorum
        /\ Keeps("LeaderDiskCounts") => Durable(w) >= i
        /\ Keeps("BarrierFirst") => i >= Barrier(log[w], t)
        /\ led' = [led EXCEPT ![t].commit = i]
        /\ committed' = committed \o [j \in 1..(IF i > Len(committed) THEN i - Len(committed) ELSE 0) |->
                [entry |-> log[w][Len(committed) + j], in |-> t]]
        /\ UNCHANGED <<decided, replica, spent>>

-----------------------------------------------------------------------------
(* What goes wrong. *)

(* A process ends and starts again: what was not on disk is lost, and so is every role.  The
   incarnation is raised before anything is said [19, 20].  Left out are crashes that lose
   nothing which the replica would not be told again. *)
Crash(w) ==
    /\ spent.crashes < MaxCrashes
    /\ leads[w] \/ log[w] # onDisk[w] \/ IsElected(w) \/ ~Keeps("TermSurvives")
    /\ spent' = [spent EXCEPT !.crashes = @ + 1]
    /\ incarnation' = [incarnation EXCEPT ![w] = @ + 1]
    /\ log' = [log EXCEPT ![w] = onDisk[w]]
    /\ term' = [term EXCEPT ![w] = IF Keeps("TermSurvives") THEN @ ELSE Position(onDisk[w])[1]]
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ confirmed' = [confirmed EXCEPT ![w] = 0]
    /\ UNCHANGED <<decided, disk, held, onDisk, dropTerm, led, committed>>

(* A disk is lost with all that was on it.  The worker comes back on an empty one, which is
   another member. *)
LoseDisk(w) ==
    /\ spent.losses < MaxLosses
    /\ spent' = [spent EXCEPT !.losses = @ + 1]
    /\ disk' = [disk EXCEPT ![w] = @ + 1]
    /\ held' = [held EXCEPT ![w] = FALSE]
    /\ term' = [term EXCEPT ![w] = 0]
    /\ log' = [log EXCEPT ![w] = <<>>]
    /\ onDisk' = [onDisk EXCEPT ![w] = <<>>]
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ confirmed' = [confirmed EXCEPT ![w] = 0]
    /\ dropTerm' = [dropTerm EXCEPT ![w] = 0]
    /\ UNCHANGED <<decided, incarnation, led, committed>>

Next ==
    \/ StartTerm
    \/ \E m \in terms[started].members, w \in Worker : Replace(m, w)
    \/ \E t \in Term, w \in Worker : Elect(t, w)
    \/ \E t \in Term : Establish(t)
    \/ \E w \in Worker :
        \/ OrderDrop(w) \/ Create(w) \/ Drop(w)
        \/ AnswerFence(w) \/ Lead(w) \/ AppendWrite(w) \/ Sync(w) \/ Acknowledge(w)
        \/ Crash(w) \/ LoseDisk(w)
        \/ \E t \in Term, n \in 1..MaxIndex : Accept(w, t, n) \/ InstallSnapshot(w, t, n)
        \/ \E i \in 1..MaxIndex : Commit(w, i)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold. *)

OneLeaderPerTerm ==
    \A v, w \in Worker : leads[v] /\ leads[w] /\ term[v] = term[w] => v = w

(* Entries with the same term and index are the same, and so is everything before them. *)
LogsMatch ==
    \A v, w \in Worker : Common(log[v], log[w]) = Matching(log[v], log[w])

(* What any leader of any term committed is what was committed first. *)
CommittedNeverChanges ==
    \A t \in Term : 
        \A i \in 1..Min(led[t].commit, Len(committed)) :
            i <= Len(led[t].log) /\ led[t].log[i] = committed[i].entry

(* A leader, and whoever may become it, has every entry that was committed in a term before its
   own: what was acknowledged to a client survives. *)
CommittedIsDurable ==
    \A w \in Worker : leads[w] \/ IsElected(w) =>
        \A i \in 1..Len(committed) :
            committed[i].in < term[w] => i <= Len(log[w]) /\ log[w][i] = committed[i].entry

(* A replica applies, in order, up to the lesser of the leader's commit index and what it could
   acknowledge itself [10].  That is always committed. *)
Apply(w) == IF leads[w] THEN led[term[w]].commit ELSE Min(led[term[w]].commit, Acknowledged(w))

AppliedIsCommitted ==
    \A w \in Worker : term[w] > 0 =>
        \A i \in 1..Min(Apply(w), Len(log[w])) : i <= Len(committed) /\ log[w][i] = committed[i].entry

-----------------------------------------------------------------------------
(* What makes models small. *)

(* Workers of the first configuration are alike, but for one that leads from the start. *)
Symmetry == Permutations(Initial \ FirstLeader)

(* A term that all replicas have left behind and that no election asks about is over: nobody can
   hear any more what was said in it.  And nobody counts what a leader heard that leads no more. *)
IsOver(t) == t < started /\ \A w \in Worker : ~held[w] \/ term[w] > t

View == <<started, kept, answers, replica, committed, spent,
    [t \in Term |-> IF t \notin kept /\ IsOver(t) /\ Keeps("AckOfTerm") THEN NoTerm ELSE terms[t]],
    [t \in Term |->
        IF \E w \in Worker : leads[w] /\ term[w] = t THEN led[t]
        ELSE IF IsOver(t) /\ Keeps("AckOfTerm") /\ Keeps("EstablishPresent") THEN NotLed
        ELSE [led[t] EXCEPT !.acked = IF Keeps("AckOfTerm") THEN NotLed.acked ELSE @]]>>
=============================================================================
