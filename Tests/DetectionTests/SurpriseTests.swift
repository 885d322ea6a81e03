import Testing

@testable import Detection

/// The arithmetic of surprise, against values worked out by hand.
@Suite("Surprise in whole numbers")
struct SurpriseTests {
  @Test("logarithms are exact at powers of two, rise, and are within 1/256 of a bit between")
  func logarithms() {
    for exponent in 0..<62 { #expect(Bits.log2(1 << exponent) == exponent * Bits.one) }
    for number in 1..<5_000 { #expect(Bits.log2(number + 1) >= Bits.log2(number)) }
    // log2 3 = 1.5849625, log2 10 = 3.3219281, log2 1e9 = 29.8973529; in 1/1024 of a bit:
    for (number, expected) in [(3, 1_623), (10, 3_401), (1_000_000_000, 30_614)] {
      #expect(abs(Bits.log2(number) - expected) <= 4)
    }
  }

  @Test("eight arrivals where a quarter is expected are one chance in 2^31.6")
  func poisson() {
    // e^-0.25 · 0.25^8 ÷ 8! · (1 + 1/36 + …) = 3.03e-10: 31.6 bits
    let bits = Bits.surprise(of: 8, expected: 25, per: 100)
    #expect(bits * 10 / Bits.one == 316 || bits * 10 / Bits.one == 315)
    #expect(Bits.surprise(of: 3, expected: 3, per: 1) == 0, "what is expected surprises nobody")
    #expect(Bits.surprise(of: 0, expected: 1, per: 10) == 0)
    for count in 1..<40 {
      #expect(
        Bits.surprise(of: count + 1, expected: 1, per: 2)
          > Bits.surprise(of: count, expected: 1, per: 2))
    }
  }

  @Test("the limit is the least at which there are ten real shapes for each decoy")
  func decoys() {
    let real = Array(40..<80)
    #expect(Decoys.limit(real: real, decoys: [], floor: 20) == 20)
    #expect(Decoys.limit(real: real, decoys: [10, 19], floor: 20) == 20, "below the floor")
    // 29 real ones stand above 50, so two decoys there are let pass and the third is not.
    #expect(Decoys.limit(real: real, decoys: [50, 51], floor: 20) == 40)
    #expect(Decoys.limit(real: real, decoys: [50, 51, 52], floor: 20) == 40)
    #expect(Decoys.limit(real: real, decoys: [79, 79, 79, 79, 79], floor: 20) == 80)
    #expect(Decoys.limit(real: [30], decoys: [31], floor: 20) == 32, "one decoy above silences it")
  }
}
