Profile: UnitTodo
Parent: Task
Id: unit-todo
Title: "To-do of a unit"
Description: "What a unit has to do. One acting role with the responsibility is enough for its unit (ORG-4). Without subject and case when it is about a patient the hub may not know (PAT-1, PAT-4, PAT-5)."
* basedOn 0..1 MS
* basedOn only Reference(CarePlan)
* status MS
* status ^short = "requested | received | accepted | in-progress | completed | cancelled"
* statusReason MS
* statusReason from TodoStatusReasonValueSet (required)
* businessStatus 1..1 MS
* businessStatus from DeliveryValueSet (required)
* businessStatus ^short = "How far it came; an open one also, as a second coding of todo-deadline, whether its time is soon over (due) or over (overdue)"
* intent = #order
* code 1..1 MS
* code from TodoValueSet (required)
* focus MS
* focus only Reference(Communication or CarePlan)
* for only Reference(Patient)
* authoredOn 1..1 MS
* requester 1..1 MS
* requester only Reference(Organization or Device)
* requester ^short = "The unit that asks, or the hub by display alone"
* performerType 1..1 MS
* performerType from ResponsibilityValueSet (required)
* owner 1..1 MS
* owner only Reference(Organization)
* restriction.period.end MS
* restriction.period.end ^short = "The deadline"
* input MS
* output MS
* output.type from TodoOutputValueSet (required)
* output.value[x] only boolean or date
* note ^short = "Taken by PUT and never shown here: the own unit reads it as Communication of category todo-note"

Instance: Task-deadline
InstanceOf: SearchParameter
Usage: #definition
Title: "Deadline of a to-do"
* url = "https://hemgang.example/fhir/SearchParameter/Task-deadline"
* name = "deadline"
* status = #draft
* description = "When the to-do is due."
* code = #deadline
* base = #Task
* type = #date
* expression = "Task.restriction.period.end"
