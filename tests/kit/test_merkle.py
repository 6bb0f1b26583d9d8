"""The tree of the log: the vectors of RFC 6962's test suite, and every small tree beside another implementation."""

from hashlib import sha256

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from tuntas.kit import merkle

INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [merkle.leaf_hash(bytes.fromhex(one)) for one in INPUTS]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = [
    (0, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]),
    (5, 8, ["bc1a0643", "ca854ea1", "d37ee418"]),
    (2, 3, ["fac54203"]),
    (1, 5, ["6e340b9c", "5f083f0a", "bc1a0643"]),
]
CONSISTENCIES = [(1, 1, []), (1, 8, ["96a296d2", "5f083f0a", "6b47aaf2"]), (2, 5, ["5f083f0a", "bc1a0643"])]
CONSISTENCIES += [(6, 8, ["0ebc5d34", "ca854ea1", "d37ee418"])]
MOST = 70


def beginnings(proof: list[bytes]) -> list[str]:
    return [one.hex()[:8] for one in proof]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_test_suite(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("seq", "size", "wanted"), INCLUSIONS)
def test_proofs_that_a_leaf_is_there_are_those_of_the_test_suite(seq: int, size: int, wanted: list[str]) -> None:
    assert beginnings(merkle.inclusion_proof(seq, size, merkle.over(LEAVES))) == wanted


@pytest.mark.parametrize(("old", "new", "wanted"), CONSISTENCIES)
def test_proofs_that_a_tree_only_grew_are_those_of_the_test_suite(old: int, new: int, wanted: list[str]) -> None:
    assert beginnings(merkle.consistency_proof(old, new, merkle.over(LEAVES))) == wanted


@pytest.fixture(scope="module")
def other() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for n in range(MOST):
        tree.append_entry(b"%d" % n)
    return tree


@pytest.fixture(scope="module")
def leaves() -> list[bytes]:
    return [merkle.leaf_hash(b"%d" % n) for n in range(MOST)]


@pytest.mark.parametrize("size", range(1, MOST + 1))
def test_every_small_tree_is_as_another_implementation_has_it(
    size: int, other: InmemoryTree, leaves: list[bytes]
) -> None:
    whole, hash_of = merkle.root(leaves[:size]), merkle.over(leaves)
    assert whole == other.get_root(size)
    for seq in range(size):
        proof = merkle.inclusion_proof(seq, size, hash_of)
        assert merkle.is_included(leaves[seq], seq, size, proof, whole)
        verify_inclusion(leaves[seq], whole, other.prove_inclusion(seq + 1, size))
        assert _path_of(other.prove_inclusion(seq + 1, size)) == {leaves[seq], *proof}
    for old in range(1, size + 1):
        proof, before = merkle.consistency_proof(old, size, hash_of), merkle.root(leaves[:old])
        assert merkle.is_consistent(old, size, proof, before, whole)
        verify_consistency(before, whole, other.prove_consistency(old, size))


def _path_of(proof: object) -> set[bytes]:
    return {bytes.fromhex(one) if isinstance(one, str) else one for one in proof.path}  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 33, 64, 70])
def test_a_proof_that_was_touched_proves_nothing(size: int, leaves: list[bytes]) -> None:
    whole, hash_of, wrong = merkle.root(leaves[:size]), merkle.over(leaves), sha256(b"wrong").digest()
    for seq in range(size):
        proof = merkle.inclusion_proof(seq, size, hash_of)
        assert not merkle.is_included(wrong, seq, size, proof, whole)
        assert not merkle.is_included(leaves[seq], seq, size, [*proof, wrong], whole)
        assert not merkle.is_included(leaves[seq], size, size, proof, whole)
        for n in range(len(proof)):
            assert not merkle.is_included(leaves[seq], seq, size, [*proof[:n], wrong, *proof[n + 1 :]], whole)
            assert not merkle.is_included(leaves[seq], seq ^ 1, size, proof, whole)
    for old in range(1, size):
        proof, before = merkle.consistency_proof(old, size, hash_of), merkle.root(leaves[:old])
        assert not merkle.is_consistent(old, size, proof, wrong, whole)
        assert not merkle.is_consistent(old, size, proof, before, wrong)
        for n in range(len(proof)):
            assert not merkle.is_consistent(old, size, [*proof[:n], wrong, *proof[n + 1 :]], before, whole)


def test_a_tree_is_taken_up_where_it_was_left(leaves: list[bytes]) -> None:
    for size in range(MOST):
        tree = merkle.Frontier()
        for leaf in leaves[:size]:
            tree.add(leaf)
        again = merkle.Frontier(size, tree.hashes)
        again.add(leaves[size])
        assert again.root() == merkle.root(leaves[: size + 1])


def test_what_cannot_be_proved_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        merkle.inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="did not grow"):
        merkle.consistency_ranges(4, 3)
