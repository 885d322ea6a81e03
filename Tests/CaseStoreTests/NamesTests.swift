import CaseModel
import CaseStore
import TestSupport
import Testing

@Suite("Names and decisions on PostgreSQL", .enabled(if: ThrowAwayDatabase.isAvailable))
struct NamesTests {
  @Test("Names that share their letters are found, equal and different ones are not")
  func alike() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    let pairs = try await store.alikeNames([
      "kuznecov vladimir", "kuznetsov vladimir", "smith john", "kuznecov vladimir", "jones mary",
    ])
    #expect(pairs.map { [$0.0, $0.1] } == [[0, 1], [1, 3]])
    // Once more in the same session: nothing of the first is left.
    #expect(try await store.alikeNames(["a b c", "x y z"]).isEmpty)
  }

  @Test("The latest decision about a subject holds, and what was decided before stays on record")
  func decisions() async throws {
    let store = try await ThrowAwayDatabase.make().store()
    try await store.decide(
      "party:a:b", verdict: "same", reason: "one passport", author: "E. Example")
    try await store.decide(
      "party:a:b", verdict: "different", reason: "twins", author: "E. Example")
    try await store.decide(
      "claim:1", verdict: "accepted", reason: "seen", author: "E. Example")
    let found = try await store.decisions(about: "party:")
    #expect(found.map(\.verdict) == ["different"])
    #expect(found.map(\.reason) == ["twins"])
    // A prefix is text, no pattern.
    #expect(try await store.decisions(about: "par_y:%").isEmpty)
  }
}
