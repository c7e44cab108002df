------------------------------ MODULE Healing ------------------------------
(***************************************************************************)
(* What the rules of Replication.tla can mend.  A leader and as many       *)
(* others as W demands have the only entry, which is committed; then some  *)
(* workers are lost for good, all at once.  TLC goes through everything    *)
(* that can follow and prints for each loss                                *)
(*                                                                         *)
(*   <<"serves", ...>>  when a further write can be committed,             *)
(*   <<"heals", ...>>   when a term can be established whose members all   *)
(*                      live.                                              *)
(*                                                                         *)
(* What is not printed cannot happen within the bounds of the model.       *)
(***************************************************************************)
EXTENDS Replication

CONSTANTS
    Holders,    \* who has the entry
    Losses      \* the sets of workers to lose

ASSUME TLCSet(1, {}) /\ TLCSet(2, {})

VARIABLE lost   \* who was lost

Begin ==
    /\ Init
    /\ {w \in Worker : log[w] # <<>>} = Holders
    /\ lost = {}

(* Their disks are gone, and they do not come back on other ones. *)
Lose(workers) ==
    /\ lost = {}
    /\ lost' = workers
    /\ disk' = [w \in Worker |-> IF w \in workers THEN 1 ELSE disk[w]]
    /\ held' = [w \in Worker |-> held[w] /\ w \notin workers]
    /\ term' = [w \in Worker |-> IF w \in workers THEN 0 ELSE term[w]]
    /\ log' = [w \in Worker |-> IF w \in workers THEN <<>> ELSE log[w]]
    /\ onDisk' = log'
    /\ leads' = [w \in Worker |-> leads[w] /\ w \notin workers]
    /\ confirmed' = [w \in Worker |-> IF w \in workers THEN 0 ELSE confirmed[w]]
    /\ UNCHANGED <<decided, incarnation, dropTerm, led, committed, spent>>

GoOn == lost # {} /\ Next /\ UNCHANGED lost /\ \A w \in lost : ~held'[w]

SpecOfHealing == Begin /\ [][(\E workers \in Losses : Lose(workers)) \/ GoOn]_<<vars, lost>>

-----------------------------------------------------------------------------
Serves == lost # {} /\ Len(committed) > 1

Heals ==
    /\ lost # {}
    /\ kept = {started}
    /\ \A m \in terms[started].members : Member(WorkerOf(m)) = m
    /\ \E w \in Worker : leads[w] /\ term[w] = started

Tell(register, word) ==
    lost \in TLCGet(register) \/ (PrintT(<<word, lost>>) /\ TLCSet(register, TLCGet(register) \cup {lost}))

(* Behaviours are followed until nothing is left to be told: with too few workers alive for a
   whole configuration there is nothing after "serves". *)
CanHeal == Cardinality({w \in Worker : w \notin lost}) >= Cardinality(Initial)

IsTold == lost \in TLCGet(1) /\ (lost \in TLCGet(2) \/ ~CanHeal)

SomethingToTell ==
    /\ Serves => Tell(1, "serves")
    /\ Heals => Tell(2, "heals")
    /\ ~IsTold

ViewOfHealing == <<View, lost>>
=============================================================================
