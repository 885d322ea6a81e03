import CaseModel
import Testing

@Suite("Distances between places")
struct GeoPointTests {
  private func point(_ latitude: Int, _ longitude: Int) throws -> GeoPoint {
    try #require(GeoPoint(latitude: latitude, longitude: longitude))
  }

  // Great-circle distances by the haversine on the same sphere, computed apart from this code.
  @Test(
    "are those of the great circle within 0.05 % up to 300 km, within 0.3 % up to 600 km",
    arguments: [
      (51_507_400, -127_800, 53_480_800, -2_242_600, 261_983, 5),
      (51_507_400, -127_800, 51_752_000, -1_257_700, 82_595, 5),
      (51_507_400, -127_800, 55_953_300, -3_188_300, 533_653, 30),
      (0, 0, 0, 1_000_000, 111_195, 5),
      (64_000_000, 25_000_000, 65_500_000, 21_000_000, 252_538, 5),
      (-33_868_800, 151_209_300, -35_280_900, 149_130_000, 246_761, 5),
    ])
  func near(sample: (Int, Int, Int, Int, Int, Int)) throws {
    let (a, b) = (try point(sample.0, sample.1), try point(sample.2, sample.3))
    let off = abs(a.metres(to: b) - sample.4)
    #expect(off * 10_000 <= sample.4 * sample.5, "\(a.metres(to: b)) beside \(sample.4)")
    #expect(a.metres(to: b) == b.metres(to: a))
  }

  @Test("go the short way round the date line, and are nothing from a place to itself")
  func wrapped() throws {
    let (west, east) = (try point(0, -179_900_000), try point(0, 179_900_000))
    #expect(west.metres(to: east) == 22_239)
    #expect(west.metres(to: west) == 0)
  }

  @Test("a point beyond the poles or the date line is none")
  func outside() {
    #expect(GeoPoint(latitude: 90_000_001, longitude: 0) == nil)
    #expect(GeoPoint(latitude: 0, longitude: -180_000_001) == nil)
    #expect(GeoPoint(latitude: -90_000_000, longitude: 180_000_000) != nil)
  }
}
