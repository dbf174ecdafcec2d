"""The corpus of the bench: the same roles in one file or in many."""

import yaml

from bench import corpus


def test_roles_too_many_for_one_file_are_the_same_in_files_of_their_own(tmp_path, monkeypatch):
    roles = corpus.roles(3)
    corpus.write_roles(tmp_path, roles)
    in_one = yaml.safe_load((tmp_path / "roles.yaml").read_text("utf-8"))
    (tmp_path / "roles.yaml").unlink()
    (tmp_path / "content/roles").mkdir(parents=True)
    monkeypatch.setattr(corpus, "_IN_ONE_FILE", 2)
    corpus.write_roles(tmp_path, roles)
    own = [tmp_path / f"content/roles/{role['slug']}.yaml" for role in roles]
    assert [yaml.safe_load(file.read_text("utf-8")) for file in own] == in_one
    assert not (tmp_path / "roles.yaml").exists()
