------------------------------- MODULE Lease -------------------------------
(***************************************************************************)
(* The read lease of one partition, with clocks that drift.  Numbers in    *)
(* brackets, as [12], are the rules of docs/protocol.md.                   *)
(*                                                                         *)
(* What Replication.tla shows is taken for granted: a leader that was      *)
(* elected has everything that was committed before.  So a value is a      *)
(* number here, the count of writes committed, and there are no logs.      *)
(*                                                                         *)
(* Time passes in ticks.  During a tick each clock goes on by its rate,    *)
(* one of `Rates`; any worker may have the slow clock or the fast one.     *)
(* Only what is left of a promise and the age of a request matter, so      *)
(* there are no absolute times and the model is finite.                    *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets, TLC

CONSTANTS
    Worker,         \* the members of the configuration, always the same
    WriteQuorum,    \* W
    LeaseTime,      \* L, on the leader's clock
    Rates,          \* by how much a clock may go on during a tick
    ReadsWait,      \* TRUE: there are reads that wait for a quorum, too
    Broken,         \* the rules that this model leaves out; {} for the protocol
    MaxTerm,        \* bounds of the model: terms started,
    MaxWrites,      \* writes committed,
    MaxCrashes,     \* crashes altogether,
    MaxMail         \* messages on their way between a leader and another worker

Rules == {"GrantFromSending", "PromiseCoversDrift", "PromiseSurvives", "FenceWaits"}

ASSUME Broken \subseteq Rules
ASSUME WriteQuorum \in 1..Cardinality(Worker)

Max(S) == CHOOSE n \in S : \A m \in S : n >= m
Min(a, b) == IF a < b THEN a ELSE b
Term == 1..MaxTerm
Keeps(rule) == rule \notin Broken

FenceQuorum == Cardinality(Worker) - WriteQuorum + 1

(* L * (1 + drift) / (1 - drift): the lease on the slowest clock is over before the promise on
   the fastest one [12].  LeaseTime is chosen so that the division leaves no rest. *)
Slowest == CHOOSE r \in Rates : \A s \in Rates : r <= s
PromiseTime == IF Keeps("PromiseCoversDrift") THEN (LeaseTime * Max(Rates)) \div Slowest ELSE LeaseTime

ASSUME (LeaseTime * Max(Rates)) % Slowest = 0

VARIABLES
    rate,       \* [Worker -> by how much its clock goes on during a tick]
    started,    \* the greatest term started
    answers,    \* who has answered its fence
    released,   \* the greatest term whose leader is known to have given its lease up
    leader,     \* [Term -> who was elected, in a set of at most one]
    term,       \* [Worker -> its term, on disk]
    leads,      \* [Worker -> whether it leads its term]
    promise,    \* [Worker -> how long, on its clock, it still answers no fence]
    promisedTo, \* [Worker -> the greatest term whose leader it promised that]
    mail,       \* requests and grants on their way
    granted,    \* [Term -> [Worker -> the age of the youngest request granted, on the leader's clock]]
    reading,    \* [Term -> the reads that wait for a quorum, at most one]
    value,      \* [Term -> what the leader of the term would answer]
    written,    \* how many writes were committed by anybody
    crashes     \* crashes so far

vars == <<rate, started, answers, released, leader, term, leads, promise, promisedTo, mail, granted, reading,
    value, written, crashes>>

(* The leader has served since it committed its barrier. *)
Serves(w) == leads[w] /\ value[term[w]] > 0

-----------------------------------------------------------------------------
(* Term 1 has an established leader. *)
Init ==
    /\ rate \in [Worker -> Rates]
    /\ started = 1
    /\ answers = {}
    /\ released = 0
    /\ \E w \in Worker :
        /\ leader = [t \in Term |-> IF t = 1 THEN {w} ELSE {}]
        /\ leads = [v \in Worker |-> v = w]
    /\ term = [w \in Worker |-> 1]
    /\ promise = [w \in Worker |-> 0]
    /\ promisedTo = [w \in Worker |-> 0]
    /\ mail = {}
    /\ granted = [t \in Term |-> [w \in Worker |-> LeaseTime]]
    /\ reading = [t \in Term |-> {}]
    /\ value = [t \in Term |-> IF t = 1 THEN 1 ELSE 0]
    /\ written = 1
    /\ crashes = 0

-----------------------------------------------------------------------------
(* The leader asks the others for a lease; the request carries when it was sent [12]. *)
RequestLease(w) ==
    LET requests == {[what |-> "request", term |-> term[w], of |-> v, age |-> 0,
                      forRead |-> reading[term[w]] # {}] : v \in Worker \ {w}}
    IN  /\ Serves(w)
        /\ WriteQuorum > 1
        /\ ~requests \subseteq mail
        /\ \A v \in Worker : Cardinality({m \in mail : m.of = v /\ m.term = term[w]}) < MaxMail
        /\ mail' = mail \cup requests
        /\ UNCHANGED <<rate, started, answers, released, leader, term, leads, promise, promisedTo, granted, reading,
                value, written, crashes>>

(* Whether the leader of a term is there to use what it is granted.  A late request of one that
   leads no more could only make members wait longer, and is left out. *)
Lives(t) == \E w \in Worker : leads[w] /\ term[w] = t

(* A member promises, from the receipt of the request on, to answer no fence for a while [12]. *)
Grant(m) ==
    LET w == m.of
    IN  /\ m.what = "request"
        /\ Lives(m.term)
        /\ m.term >= term[w]
        /\ mail' = (mail \ {m}) \cup {[m EXCEPT !.what = "grant"]}
        /\ term' = [term EXCEPT ![w] = m.term]
        /\ leads' = [leads EXCEPT ![w] = @ /\ m.term = term[w]]
        /\ promise' = [promise EXCEPT ![w] = Max({@, PromiseTime})]
        /\ promisedTo' = [promisedTo EXCEPT ![w] = Max({@, m.term})]
        /\ UNCHANGED <<rate, started, answers, released, leader, granted, reading, value, written, crashes>>

(* The grant arrives.  It counts from the sending of its request, not from now [12]. *)
TakeGrant(m) ==
    LET age == IF Keeps("GrantFromSending") THEN m.age ELSE 0
    IN  /\ m.what = "grant"
        /\ Lives(m.term)
        /\ mail' = mail \ {m}
        /\ granted' = [granted EXCEPT ![m.term][m.of] = Min(@, age)]
        /\ reading' = [reading EXCEPT ![m.term] =
                IF m.forRead THEN {[r EXCEPT !.confirmed = @ \cup {m.of}] : r \in @} ELSE @]
        /\ UNCHANGED <<rate, started, answers, released, leader, term, leads, promise, promisedTo, value, written, crashes>>

(* W members, the leader among them, have granted requests sent less than L ago [13]. *)
HasLease(w) ==
    Cardinality({v \in Worker : v = w \/ granted[term[w]][v] < LeaseTime}) >= WriteQuorum

(* A read arrives that is to be confirmed by requests sent from now on.  The value is read first
   [13].  `written` is what it has to see. *)
Read(w) ==
    /\ ReadsWait
    /\ Serves(w)
    /\ WriteQuorum > 1
    /\ reading[term[w]] = {}
    /\ reading' = [reading EXCEPT ![term[w]] = {[value |-> value[term[w]], written |-> written, confirmed |-> {w}]}]
    /\ UNCHANGED <<rate, started, answers, released, leader, term, leads, promise, promisedTo, mail, granted, value,
            written, crashes>>

(* It is answered, or its client has gone. *)
EndRead(t) ==
    /\ reading[t] # {}
    /\ Lives(t)
    /\ reading' = [reading EXCEPT ![t] = {}]
    /\ mail' = {IF m.term = t THEN [m EXCEPT !.forRead = FALSE] ELSE m : m \in mail}
    /\ UNCHANGED <<rate, started, answers, released, leader, term, leads, promise, promisedTo, granted, value,
            written, crashes>>

(* A write, or the barrier: W members in no greater term take it, the leader among them. *)
Commit(w) ==
    /\ leads[w]
    /\ written < MaxWrites
    /\ \E takers \in SUBSET Worker :
        /\ w \in takers
        /\ Cardinality(takers) = WriteQuorum
        /\ \A v \in takers : term[v] <= term[w]
        /\ term' = [v \in Worker |-> IF v \in takers THEN term[w] ELSE term[v]]
        /\ leads' = [v \in Worker |-> leads[v] /\ (v = w \/ v \notin takers)]
    /\ written' = written + 1
    /\ value' = [value EXCEPT ![term[w]] = written + 1]
    /\ UNCHANGED <<rate, started, answers, released, leader, promise, promisedTo, mail, granted, reading, crashes>>

-----------------------------------------------------------------------------
(* A further term starts [1]. *)
StartTerm ==
    /\ started < MaxTerm
    /\ leader[started] # {}
    /\ started' = started + 1
    /\ answers' = {}
    /\ UNCHANGED <<rate, released, leader, term, leads, promise, promisedTo, mail, granted, reading, value, written, crashes>>

(* A fence reaches a replica: it grants and leads nothing of older terms any more.  A leader gives
   its lease up and says so, which may get lost [2]. *)
RaiseTerm(w) ==
    /\ term[w] < started
    /\ term' = [term EXCEPT ![w] = started]
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ released' \in IF leads[w] THEN {released, Max({released, term[w]})} ELSE {released}
    /\ UNCHANGED <<rate, started, answers, leader, promise, promisedTo, mail, granted, reading, value, written, crashes>>

(* The fence is answered when every lease that the replica granted has run out or was given up [2]. *)
AnswerFence(w) ==
    /\ term[w] = started
    /\ leader[started] = {}
    /\ w \notin answers
    /\ promise[w] = 0 \/ released >= promisedTo[w] \/ ~Keeps("FenceWaits")
    /\ answers' = answers \cup {w}
    /\ UNCHANGED <<rate, started, released, leader, term, leads, promise, promisedTo, mail, granted, reading, value,
            written, crashes>>

(* The fence is complete; one of those who answered has all that was committed, and leads [3, 4].
   It serves when its barrier is committed [5]. *)
Lead(w) ==
    LET before == Max({t \in Term : t < started /\ leader[t] # {}})
    IN  /\ leader[started] = {}
        /\ w \in answers
        /\ term[w] = started
        /\ leader[before] \subseteq answers \/ Cardinality(answers) >= FenceQuorum
        /\ leader' = [leader EXCEPT ![started] = {w}]
        /\ leads' = [leads EXCEPT ![w] = TRUE]
        /\ answers' = {}
        /\ UNCHANGED <<rate, started, released, term, promise, promisedTo, mail, granted, reading, value, written, crashes>>

-----------------------------------------------------------------------------
(* Time passes, faster here than there.  A request as old as a lease is of no use any more, unless a
   read waits for it. *)
Tick ==
    LET clock(t) == rate[CHOOSE w \in Worker : leader[t] = {w}]
        older(age, t) == Min(LeaseTime, age + clock(t))
        mailLater == {[m EXCEPT !.age = older(@, m.term)] : m \in mail}
    IN  /\ promise' = [w \in Worker |-> IF promise[w] > rate[w] THEN promise[w] - rate[w] ELSE 0]
        /\ mail' = {m \in mailLater : m.age < LeaseTime \/ m.forRead}
        /\ granted' = [t \in Term |->
                IF leader[t] = {} THEN granted[t] ELSE [w \in Worker |-> older(granted[t][w], t)]]
        /\ UNCHANGED <<rate, started, answers, released, leader, term, leads, promisedTo, reading, value,
                written, crashes>>

(* A process ends and starts again.  It has forgotten what it promised, so it waits as if it had
   promised it a moment before [21]. *)
Crash(w) ==
    /\ crashes < MaxCrashes
    /\ crashes' = crashes + 1
    /\ leads' = [leads EXCEPT ![w] = FALSE]
    /\ promise' = [promise EXCEPT ![w] = IF Keeps("PromiseSurvives") THEN PromiseTime ELSE 0]
    /\ promisedTo' = [promisedTo EXCEPT ![w] = term[w]]
    /\ UNCHANGED <<rate, started, answers, released, leader, term, mail, granted, reading, value, written>>

Next ==
    \/ StartTerm
    \/ Tick
    \/ \E w \in Worker :
        RequestLease(w) \/ Read(w) \/ Commit(w) \/ RaiseTerm(w) \/ AnswerFence(w) \/ Lead(w) \/ Crash(w)
    \/ \E m \in mail : Grant(m) \/ TakeGrant(m)
    \/ \E t \in Term : EndRead(t)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Whoever may answer a read at this moment answers what was written last; and a read that waited
   for its quorum answers at least what was written when it arrived. *)
NoStaleRead ==
    \A w \in Worker : Serves(w) =>
        /\ HasLease(w) => value[term[w]] = written
        /\ \A r \in reading[term[w]] : Cardinality(r.confirmed) >= WriteQuorum => r.value >= r.written

OneLeaderPerTerm ==
    \A v, w \in Worker : leads[v] /\ leads[w] /\ term[v] = term[w] => v = w

-----------------------------------------------------------------------------
(* All workers are alike. *)
Symmetry == Permutations(Worker)

(* What belongs to a leader that leads no more is forgotten with it. *)
View == <<rate, started, answers, released, leader, term, leads, promise, promisedTo, written, crashes,
    {m \in mail : Lives(m.term)},
    [t \in Term |-> IF Lives(t) THEN <<granted[t], reading[t], value[t]>> ELSE <<>>]>>
=============================================================================
