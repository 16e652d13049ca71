Profile: HospitalStay
Parent: Encounter
Id: hospital-stay
Title: "Hospital stay"
Description: "A stay as the journal system tells it. The expected discharge, where the journal has told it, is R5's Encounter.plannedEndDate as an extension."
* status MS
* class = $v3-ActCode#IMP
* subject 1..1 MS
* subject only Reference(Patient)
* period MS
* location MS
* location ^short = "Every ward of the stay, with its period"
* serviceProvider MS
* serviceProvider ^short = "The present ward"
