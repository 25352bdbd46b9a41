// Starters found by bench/tables-bank.ts, one a line: tables, seats, turn, base rounds, and the points of the
// base rounds table by table, a digit each: 0 to 9, a to z, A to Z.

export const starterEntries = `
5 3 7 1 31adb749526ce08
6 3 4 2 1e624ag3d8bf9h570ccdb4f5g871a09263eh
6 4 7 1 3famedn1blh0c78624k5jig9
6 5 6 1 l7048og1q26cpda93jte5infhbrskm
7 3 5 2 69a741ceik5hgd83b20fjh167a84kb3f5dc29i0jeg
8 3 11 1 dm419a8c2n6kl5igfbe37j0h
9 4 11 1 eqif1s392xpjn8twuayho7kz5lg6brdvm04c
10 3 14 1 d4c3ke9r6m02ih5aqt7bgolj1pfs8n
8 4 5 2 0akv5fpu13go267s9celdijr4bqt8hmn3cku6jpv01ht457n8aeqbfim29dglors
11 4 14 1 bfBG8gwH01tv9denjpsD2ryC6cix3oqA4hklmzEF57au
12 4 15 1 1tEKagILepvJ0xAF36bfilqu2jkGchyz45rw79dnmosC8BDH
`;
